"""An old tab of the administration writes only what was touched on it."""

from typing import Any

from django.forms import BaseModelForm, BoundField

INICIAL = "initial-"


class SoloLoTocadoForm(BaseModelForm):
    """Mixed into the form that changes a row: its page says what it showed (`initial-…`).

    What it did not touch comes as it stands by now, whatever it showed. A page that does not say writes all
    that it sends.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound or any(nombre.startswith(INICIAL) for nombre in self.data):
            for campo in self.fields.values():
                campo.show_hidden_initial = True

    def full_clean(self) -> None:
        """Before anything is judged, what stands takes the place of what was only carried along."""
        if self.is_bound:
            datos: Any = self.data.copy()  # type: ignore[attr-defined]
            self.data = datos
            for nombre in self.fields:
                campo = self[nombre]
                if campo.field.show_hidden_initial and not campo._has_changed():  # type: ignore[attr-defined]
                    dichos = self._vigente(campo)
                    datos.setlist(campo.html_name, dichos)
                    datos.setlist(campo.html_initial_name, dichos)
        super().full_clean()

    def _vigente(self, campo: BoundField) -> list[str]:
        """As its widget would send it; an empty box sends nothing."""
        valor = campo.field.prepare_value(self.get_initial_for_field(campo.field, campo.name))
        if isinstance(valor, bool):
            return ["on"] if valor else []
        formato = campo.field.widget.format_value(valor)
        dichos = formato if isinstance(formato, list | tuple) else [formato]
        return [str(dicho) for dicho in dichos if dicho is not None]
