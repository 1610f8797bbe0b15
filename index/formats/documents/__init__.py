"""Documents that people send: PDF, Word, mail, captions."""
