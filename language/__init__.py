"""What the application and the engine share: the sentence encoder, and text made ready for it.

Runs on Python 3.11 with numpy 1 and on 3.11 or newer with numpy 2.
"""

import os

# From 1.24 on, onnxruntime reports to its maker and keeps a device's id. The lock holds an older one; whoever
# installs a newer one is still not reported.
for _name in ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"):
    os.environ.setdefault(_name, "1")
