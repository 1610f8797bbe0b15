"""What several formats share: fields, encodings, markup, metadata."""
