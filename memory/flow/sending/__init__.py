"""What models are given, and what leaves this computer.

``given``: what goes to a model for a turn, by ``allowed`` (to whom the person agreed, and of which
classes) and ``masking`` (pseudonyms in the place of names and identifiers). ``outgoing`` and
``review``: exactly that, shown before it is sent. ``asking``: the model asked, and the values put
back into its answer. ``ledger``: what each answer took, and ``budget``: what all of them may.
"""
