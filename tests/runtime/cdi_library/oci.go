// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"

	oci "github.com/opencontainers/runtime-spec/specs-go"
)

// apply gives devices to a container that an OCI runtime specification describes, and prints what a
// runtime would then be started with.
func apply(words []string) error {
	text, err := os.ReadFile(words[0])
	if err != nil {
		return err
	}
	var spec oci.Spec
	if err := json.Unmarshal(text, &spec); err != nil {
		return fmt.Errorf("%s: %w", words[0], err)
	}
	cache, err := cacheOf(words[1:2], false)
	if err != nil {
		return err
	}
	if unresolved, err := cache.InjectDevices(&spec, words[2:]...); err != nil {
		return fmt.Errorf("%w (unresolved: %v)", err, unresolved)
	}
	return print(spec)
}
