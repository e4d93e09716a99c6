// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"

	"tags.cncf.io/container-device-interface/pkg/cdi"
)

// file is a CDI file that the library accepts.
type file struct {
	Path    string   `json:"path"`
	Version string   `json:"version"`
	Minimum string   `json:"minimum"` // what its content needs
	Devices []string `json:"devices"` // in the order of the file, unqualified
}

// view is all that a cache knows.
type view struct {
	Devices []string            `json:"devices"` // sorted, qualified, without those in conflict
	Errors  map[string][]string `json:"errors"`  // by the path of the file
	Files   []file              `json:"files"`
}

func fileOf(spec *cdi.Spec) (file, error) {
	minimum, err := cdi.MinimumRequiredVersion(spec.Spec)
	names := []string{}
	for _, device := range spec.Devices {
		names = append(names, device.Name)
	}
	return file{spec.GetPath(), spec.Version, minimum, names}, err
}

func viewOf(cache *cdi.Cache) (view, error) {
	seen := view{Devices: append([]string{}, cache.ListDevices()...), Errors: map[string][]string{}, Files: []file{}}
	slices.Sort(seen.Devices)
	for path, errs := range cache.GetErrors() {
		for _, err := range errs {
			seen.Errors[path] = append(seen.Errors[path], err.Error())
		}
	}
	for _, vendor := range cache.ListVendors() {
		for _, spec := range cache.GetVendorSpecs(vendor) {
			f, err := fileOf(spec)
			if err != nil {
				return view{}, fmt.Errorf("%s: %w", spec.GetPath(), err)
			}
			seen.Files = append(seen.Files, f)
		}
	}
	return seen, nil
}

func cacheOf(folders []string, isWatching bool) (*cdi.Cache, error) {
	return cdi.NewCache(cdi.WithSpecDirs(folders...), cdi.WithAutoRefresh(isWatching))
}

// read looks once, as podman does for each container.
func read(folders []string) error {
	cache, err := cacheOf(folders, false)
	if err != nil {
		return err
	}
	seen, err := viewOf(cache)
	if err != nil {
		return err
	}
	return print(seen)
}

// follow keeps a cache that watches, as containerd and CRI-O do, and answers each line on standard
// input with what it knows.
func follow(folders []string) error {
	cache, err := cacheOf(folders, true)
	if err != nil {
		return err
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		seen, err := viewOf(cache)
		if err != nil {
			return err
		}
		if err := print(seen); err != nil {
			return err
		}
	}
	return nil
}

// reread reads the folder afresh, again and again until standard input ends, and tells how often, and
// what was wrong the first time that there was an error or one of the devices was not there.
func reread(words []string) error {
	folder, wanted := words[0], words[1:]
	var hasEnded atomic.Bool
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		hasEnded.Store(true)
	}()
	reads, wrong := 0, ""
	for wrong == "" && !hasEnded.Load() {
		wrong = fault(folder, wanted)
		reads++
	}
	return print(map[string]any{"reads": reads, "wrong": wrong})
}

func fault(folder string, wanted []string) string {
	cache, err := cacheOf([]string{folder}, false)
	if err != nil {
		return err.Error()
	}
	for path, errs := range cache.GetErrors() {
		return fmt.Sprint(path, ": ", errs)
	}
	for _, name := range wanted {
		if cache.GetDevice(name) == nil {
			return name + " is missing"
		}
	}
	return ""
}
