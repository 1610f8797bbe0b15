"""Helpers for words, sentences and addresses that know nothing of news."""
