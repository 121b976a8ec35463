"""What models are given, and what leaves this computer.

``allowed``: to whom the person agreed, and of which classes; ``masking``: pseudonyms in the place
of names and identifiers, and back; ``outgoing``: exactly what would be sent, shown before it is;
``ledger``: what each answer took, and ``budget``: what all of them may.
"""
