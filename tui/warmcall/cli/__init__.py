"""The command line: one module for each group of commands, and `bootstrap`, which builds everything.

May import everything. Textual is imported only by what opens the app or needs the keys it declares.
"""
