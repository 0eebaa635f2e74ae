"""What every procedure of the family shares: its forms, sworn questions, acta, paper and marks."""
