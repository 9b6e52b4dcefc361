/** What ships: images, the compose file, manifests for Kubernetes. No container is started. */
@NullMarked
package io.realmstream.deploy.shipping;

import org.jspecify.annotations.NullMarked;
