"""Backup, rebuild and the doctor."""
