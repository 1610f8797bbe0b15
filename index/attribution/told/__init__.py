"""What somebody is told to have said: within another's statement, or by a noun."""
