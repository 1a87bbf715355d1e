"""The dossier: facts in, frozen sheets out, and from those the same bytes every time.

Nothing is imported here: the child that makes a PDF knows no Django. `building.build` takes plain
facts, `of_case.dossier_of` a case; then `pdf`, `package` and `verifying`.
"""
