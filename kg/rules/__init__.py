"""YAML -> RuleSet: schema, loading with file:line:column, and the language of frames."""
