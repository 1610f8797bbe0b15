"""Messages that ask for no statements: small talk, and questions about answers. Pure."""
