"""Tools for agents, over the Model Context Protocol: an agent checks its own citations before anybody reads them.

Nothing is written, answers are bounded, and only what is below the roots that the client names is read.
"""
