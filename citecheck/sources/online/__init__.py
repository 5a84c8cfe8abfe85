"""Answers from the network: addresses fetched under guard, registries asked, and everything kept in a cache.

Only this package imports `http`, `ssl`, `socket` and `sqlite3`, and only a run that was requested it imports this
package. Nothing of a document leaves but the identifiers and addresses that it names.

    guard       which machines may be connected to, decided at the connection
    client      one address asked, within limits of size and time
    hosts       how often each host is asked, and for how long it is left alone
    cache       answers of earlier runs
    asking      many questions: from the cache where it knows, otherwise by several threads
    registries  one file each: the request for an identifier, and the answer read as a record
"""
