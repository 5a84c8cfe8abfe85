"""Two versions of one text: which citations an edit, a translation or a rewrite lost, added, moved or re-pointed.

Sources are matched by identity, blocks by their order, by the sources they cite and by words that both versions have;
nothing depends on the language of either. Pure: prints nothing and opens no file.
"""
