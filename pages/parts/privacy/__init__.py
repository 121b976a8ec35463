"""What the Privacy page is made of, one file a view."""
