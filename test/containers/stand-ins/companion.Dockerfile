# The Node of this machine, with the user that the official image has.
FROM debian:bookworm-slim
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libstdc++6 \
 && rm -r /var/lib/apt/lists/* \
 && useradd --uid 1000 --create-home node
COPY node /usr/local/bin/
CMD ["node"]
