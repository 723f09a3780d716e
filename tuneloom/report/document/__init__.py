"""A report as a document: what it consists of, and how it is written as HTML and as Markdown."""
