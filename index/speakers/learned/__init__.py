"""A small learned head, its weights and how it adds them up: whom a source means."""
