"""Typst templates set as tagged PDFs (PDF/UA-1), in a process of their own. Pure: neither ORM nor request."""
