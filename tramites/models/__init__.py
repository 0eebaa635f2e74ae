"""The engine's tables."""

from .documento import Documento
from .envio import Envio
from .formulario import VersionFormulario
from .gestion import Estado, Gestion
from .respuesta import RespuestaPaso

__all__ = ["Documento", "Envio", "Estado", "Gestion", "RespuestaPaso", "VersionFormulario"]
