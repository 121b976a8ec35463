"""What models are given, and what leaves this computer.

``given``: what goes to a model for a turn, by ``allowed`` (whether the person agreed, and to which
classes) and ``masking`` (pseudonyms in the place of names and identifiers). ``outgoing`` and
``review``: exactly that, shown before it is sent. ``asking``: the model asked, and the values put
back into its answer. ``recording`` writes what each answer took, ``ledger`` reads it, and
``budget`` limits what all of them may. ``trying``: the test of a connection.
"""
