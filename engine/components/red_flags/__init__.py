"""The red-flag detector: rules, negation, classifier, cards."""
