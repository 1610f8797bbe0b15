"""The child process in which foreign markup is read; it knows no format."""
