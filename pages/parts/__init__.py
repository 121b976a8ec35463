"""What the pages are made of. Streamlit takes every file beside the pages for one; not here."""
