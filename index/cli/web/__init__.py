"""The record over HTTP: an API for programs and `/mcp` for assistants, behind one token."""
