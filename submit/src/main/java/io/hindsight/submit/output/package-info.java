/** Where a command writes what it makes, and forms that several answers share. */
package io.hindsight.submit.output;
