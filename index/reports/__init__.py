"""
Reports: who said what, by party, as a document for those who are not in Slack.

The same statements as a digest has, with where a party's words differ from its earlier ones. Each
ending is a module: Markdown, HTML, and DOCX for word processors.
"""
