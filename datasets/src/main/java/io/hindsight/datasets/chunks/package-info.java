/**
 * Encoded data in files that everybody can read: how they are cut, written, described and found.
 */
package io.hindsight.datasets.chunks;
