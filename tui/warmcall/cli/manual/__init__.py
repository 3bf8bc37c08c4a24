"""The manual: topics in words, made from the declarations where they say it, as a page for man or as text.

`contents` lists the topics. Each module in `topics` yields the blocks of one, `roff` and `plain` render them.
"""
