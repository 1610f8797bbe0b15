"""What a web page says of its article, and what on it is not the article."""
