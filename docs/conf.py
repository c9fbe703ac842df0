"""How the documentation is built: sphinx-build -W docs FOLDER."""

import litrecord

project = "litrecord"
author = "the litrecord developers"
version = release = litrecord.__version__
html_theme = "furo"
html_title = f"litrecord {release}"
html_static_path = ["_static"]
html_theme_options = {"navigation_with_keys": True}

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

default_role = "py:obj"
nitpicky = True
# Their documentation is on another host, and nothing is fetched.
nitpick_ignore_regex = [("py:class", r"(os|collections\.abc)\..*")]
nitpick_ignore_regex += [("py:class", r"pyarrow\..*|DataFrame|Dataset")]
# The grammars name functions and modules of their own, which are not in the reference.
nitpick_ignore_regex += [("py:obj", r"_.*")]
# What they are is said beside the parameters that take them.
nitpick_ignore_regex += [("py:class", r"Markup|Source|.*ReadOptions")]
nitpick_ignore_regex += [("py:class", r"litrecord\.arrow\._(?:Stream|Array)")]
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
maximum_signature_line_length = 80
smartquotes = False
python_use_unqualified_type_names = True
