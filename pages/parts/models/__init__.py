"""Who answers: the models of this computer, those of elsewhere, and the one that is chosen."""
