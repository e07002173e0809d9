"""What is said, and when: routing, state, and every sentence of the assistant's own."""
