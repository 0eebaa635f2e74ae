"""The second factor of ONSEC's staff, over allauth.mfa (seguridad.md S41)."""
