"""Django's registration of this room, and what SQLite must be taught."""

from django.apps import AppConfig


class EscrituraConfig(AppConfig):
    name = "escritura"
    verbose_name = "Escritura"

    def ready(self) -> None:
        from escritura import expresiones  # noqa: F401  (connects what each connection learns)
