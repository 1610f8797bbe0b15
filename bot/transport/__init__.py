"""How requests come in: HTTP, Socket Mode, OAuth."""
