"""A plan becomes HTML; jinja2, markdown, ziamath, pillow and pygments live here."""
