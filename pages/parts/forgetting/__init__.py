"""What the Forgetting page is made of, one file a view."""
