"""Suite I: the preview as it runs, asked by those it must not answer, and by many at once.

tests/desk/test_serving.py asks the server alone; here stands the page with its documents behind it.
"""
