"""Records turned into the words that screens and plain commands show. Pure: no Textual, no files.

May import `widgets.rich_text`, services and what is below them.
"""
