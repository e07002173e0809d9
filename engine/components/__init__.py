"""Our NLU components, one a file, named in `config.yml` by module path."""
