/** Where a command writes what it makes. */
package io.hindsight.submit.output;
