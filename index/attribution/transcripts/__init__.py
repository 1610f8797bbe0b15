"""Transcripts and interviews: who speaks stands in a label before the words."""
