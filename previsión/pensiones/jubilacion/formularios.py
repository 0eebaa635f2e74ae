"""The form of the Pensión Civil por Jubilación that is not the family's as it stands."""

from django.utils.translation import gettext_lazy as _

from ...familia.formularios import BeneficiarioForm


class BeneficiarioDeJubilacionForm(BeneficiarioForm):
    """The 23 data; the date of birth may be left blank, and it is said what it is for."""

    def avisos(self) -> list[str]:
        """Also says so when the date of birth is missing."""
        if self.cleaned_data.get("fecha_nacimiento"):
            return super().avisos()
        falta = _("Dejó en blanco su fecha de nacimiento. ONSEC la necesita para comprobar su edad.")
        return [*super().avisos(), str(falta)]
