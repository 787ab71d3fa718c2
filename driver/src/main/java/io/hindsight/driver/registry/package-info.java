/**
 * The registry: versions of a model that are never changed, and the log of which one is the
 * champion, why, and who said so.
 */
package io.hindsight.driver.registry;
