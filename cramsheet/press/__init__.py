"""HTML becomes laid-out pages, then a PDF; WeasyPrint lives here."""
