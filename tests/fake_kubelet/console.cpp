// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/console.hpp"

#include "tests/fake_kubelet/event_text.hpp"

#include <iomanip>
#include <sstream>
#include <utility>

namespace hdp::testing {

namespace {

KubeletOptions withOnlooker(KubeletOptions options, std::function<void(const Event&)> onEvent) {
    options.onEvent = std::move(onEvent);
    return options;
}

} // namespace

const char* const consoleCommands =
    "commands: allocate [COUNT [RESOURCE]], forget POD, capacity, kill, start, restart, quit";

Console::Console(KubeletOptions options, std::ostream& out)
    : out_(out), kubelet_(withOnlooker(std::move(options), [this](const Event& event) {
          print(describe(event));
      })) {
    kubelet_.start();
}

void Console::run(std::istream& in) {
    for (std::string line; std::getline(in, line) && obey(line);) {
    }
}

bool Console::obey(const std::string& line) {
    std::istringstream words(line);
    std::string command;
    words >> command;
    if (command == "quit") {
        return false;
    }
    if (command == "allocate") {
        allocate(words);
    } else if (command == "forget") {
        forget(words);
    } else if (command == "capacity") {
        printCapacities();
    } else if (command == "kill") {
        kubelet_.kill();
    } else if (command == "start") {
        kubelet_.start();
    } else if (command == "restart") {
        kubelet_.restart();
    } else if (!command.empty()) {
        print(consoleCommands);
    }
    return true;
}

void Console::allocate(std::istream& arguments) {
    std::size_t count = 1;
    std::string resource;
    if (!(arguments >> count)) {
        count = 1;
    }
    if (!(arguments >> resource)) {
        const auto only = onlyResource();
        if (!only) {
            print("name the resource: there is none, or more than one");
            return;
        }
        resource = *only;
    }
    const std::string pod = "pod-" + std::to_string(++pods_);
    print(pod + ' ' +
          describe(kubelet_.allocate(
              {.podUid = pod, .container = "main", .resource = resource, .count = count})));
}

void Console::forget(std::istream& arguments) {
    std::string pod;
    arguments >> pod;
    kubelet_.forgetPod(pod);
    print(pod + " has ended, its devices are free");
}

void Console::printCapacities() {
    const auto capacities = kubelet_.capacities();
    if (capacities.empty()) {
        print("no resources");
    }
    for (const auto& [resource, capacity] : capacities) {
        std::ostringstream text;
        text << resource << ' ' << capacity;
        print(text.str());
    }
}

std::optional<std::string> Console::onlyResource() const {
    const auto capacities = kubelet_.capacities();
    return capacities.size() == 1 ? std::optional(capacities.begin()->first) : std::nullopt;
}

void Console::print(const std::string& text) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    const std::lock_guard lock(mutex_);
    out_ << '[' << std::fixed << std::setprecision(3) << std::setw(9) << elapsed.count() << "] "
         << text << std::endl;
}

} // namespace hdp::testing
