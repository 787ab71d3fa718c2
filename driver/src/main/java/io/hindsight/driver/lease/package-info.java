/**
 * An exclusive lease on a directory of any storage, so that one process at a time writes there, and
 * one that has lost it finds out before it writes.
 */
package io.hindsight.driver.lease;
