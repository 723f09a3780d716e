# An image for the workers of a cluster: Beam's own for Python 3.11, the locked libraries, and Tuneloom.
#
#     docker build --file pipeline/worker.Dockerfile --tag tuneloom-worker .
#
# The image must have the driver's Python and Beam: both are compared before a worker does anything.
FROM apache/beam_python3.11_sdk:2.77.0

WORKDIR /opt/tuneloom
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && python -c "import tuneloom.pipeline.execution.graph"
